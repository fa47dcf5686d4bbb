"""Web: the staff's shell: navigation, login, worklist, and the household page composed of the domains' panels."""
