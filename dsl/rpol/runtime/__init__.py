"""What an embedding program needs: values, the request reader, the table and its decisions. Standard library and attrs only."""
