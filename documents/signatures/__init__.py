"""E-signed PDFs: the fields to sign in, and whether what came back is what was issued, rightly signed. PURE."""
