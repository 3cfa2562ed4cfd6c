"""Elasticsearch as an engine: what needs no server here, with the network faked; the rest on a real one (`real`)."""
