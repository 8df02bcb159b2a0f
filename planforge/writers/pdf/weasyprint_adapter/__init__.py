"""Everything that planforge knows of WeasyPrint, and all that it does with WeasyPrint's private parts.

No other module imports WeasyPrint or pydyf (a contract in pyproject.toml). `support` says which versions the fast way of
letters knows, and why it cannot be used with another; what differs between those versions is dealt with here only.
"""
