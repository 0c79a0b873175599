import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
import asyncio
async def main():
    r, w = await asyncio.open_connection(host, port)
    async def read_all():
        while data := await r.read(1000): print(data)
    async def write_all():
        for line in ["HELO client.example", "MAIL FROM:<alice@example.com>", "RCPT TO:<bob@example.com>", "DATA", "From: <alice@example.com>\r\nTo: <bob@example.com>\r\nSubject: Hi\r\nDate: Tue, 01 Dec 2026 09:30:00 +0800\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n.", "QUIT"]:
            w.write((line + "\r\n").encode()); await w.drain()
    await asyncio.gather(read_all(), write_all())
asyncio.run(main())
