"""The regulation as pure functions: each returns its ruling and the article it rests on."""
