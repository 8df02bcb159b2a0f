"""The form, the pages and the papers in a browser. Stands on `planforge.app` alone and holds no document logic."""
