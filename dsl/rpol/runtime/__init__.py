"""What an embedding program needs: values, the request reader, the table, its decisions. Standard library and attrs."""
