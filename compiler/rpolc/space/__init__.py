"""The case space: products of classes, boxes and regions in it, and how to search it. Knows no policy."""
