"""Mail merge into Word: one file is written, cut at its fields, and put together again for each recipient."""
