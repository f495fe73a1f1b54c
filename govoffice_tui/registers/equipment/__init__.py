"""设备: cards of machines, services, fault reports and loans (办公设施管理制度第1–4条)."""
