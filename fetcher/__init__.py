"""What leaves this machine on somebody's word: an address in a certificate, a host that staff or a company typed.

In live mode a line leads to public addresses alone, else the portal could be made to knock on the doors of its own
network; in sandbox mode to loopback alone. `places` decides, `lines` opens, `web` asks over HTTP.
"""
