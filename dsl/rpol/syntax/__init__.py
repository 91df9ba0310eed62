"""From text to nodes and back: grammar, parser, printer. The only package that knows lark."""
