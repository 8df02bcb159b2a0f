"""What every other room may use and what uses none of them: problems, the system's messages, built-in data, YAML, processes."""
