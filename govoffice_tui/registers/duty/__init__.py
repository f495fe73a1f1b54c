"""The duty system (值班制度第1条至第6条): the planned roster and the record book."""
