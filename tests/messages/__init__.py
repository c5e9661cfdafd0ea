"""The catalogue of messages: a sample for each, its exact output, and what checks that none is missing."""
