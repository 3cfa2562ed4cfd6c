"""Elasticsearch: its index follows the change log, and answers searches while it can; else the database does."""

from .engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
