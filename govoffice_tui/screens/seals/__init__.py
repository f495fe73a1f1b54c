"""印章: the register of seal use with its forms, approvals and keepers."""
