"""The fence: what belongs to one chapter is out of every other chapter's reach, by whichever door they come.

A chapter-owned snippet inherits its parts: `policy` (who may what to which row), `views` (viewset and choosers),
`forms`, `actions` (create, publish ... whoever calls them), and stands behind `gate`, the middleware of those of
Wagtail's addresses that ask nobody.
"""
