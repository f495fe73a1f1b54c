"""The leave register (考勤制度第5条): slips, who stood in for an approver, annual leave due, the month's counts."""
