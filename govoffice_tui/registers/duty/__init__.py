"""The duty book (值班制度第2条至第6条): its shifts, its lines, what is handed on, its months."""
