"""One record, many renderers: what a run found, saved as one JSON document, and its renderings."""
