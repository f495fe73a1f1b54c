"""设备: the tab of machines, fault reports, loans and services."""
