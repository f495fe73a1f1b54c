"""The sign-in book (考勤制度第1条至第3条): its acts, its pages, its months."""
