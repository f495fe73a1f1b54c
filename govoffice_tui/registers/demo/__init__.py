"""A made-up office with fourteen months of history, each register's part in a module of its own."""
