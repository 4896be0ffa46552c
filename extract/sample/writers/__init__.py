"""One module per registry: made-up records in, the bytes of the registry's files out."""
