"""The form as an Excel workbook: written from the model, read back into the same nodes as YAML."""
