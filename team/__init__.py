"""The screens of the wall: founding a company, its people, invitations, choosing between companies."""
