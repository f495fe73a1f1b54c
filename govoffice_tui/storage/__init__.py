"""Create, open, check, lock and back up one office: the only place that knows the database engine."""
