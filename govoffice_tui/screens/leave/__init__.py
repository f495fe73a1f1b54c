"""请假: the register's page, its forms, and what is done from a line."""
