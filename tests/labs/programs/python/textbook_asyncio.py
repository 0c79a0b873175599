import asyncio, sys

async def expect(reader, code):
    while True:
        line = await reader.readline()
        if not line:
            raise SystemExit("connection closed")
        print("S:", line.decode().rstrip())
        if line[3:4] != b"-":
            break
    if not line.startswith(code):
        raise SystemExit("got " + line.decode())

async def main():
    reader, writer = await asyncio.open_connection("localhost", 25)
    async def send(text):
        print("C:", text)
        writer.write(text.encode() + b"\r\n")
        await writer.drain()
    await expect(reader, b"220")
    await send("EHLO laptop.course.example"); await expect(reader, b"250")
    await send("MAIL FROM:<alice@course.example>"); await expect(reader, b"250")
    await send("RCPT TO:<bob@course.example>"); await expect(reader, b"250")
    await send("DATA"); await expect(reader, b"354")
    await send("From: Alice <alice@course.example>\r\nTo: Bob <bob@course.example>\r\nSubject: async\r\n\r\nHi Bob\r\n."); await expect(reader, b"250")
    await send("QUIT"); await expect(reader, b"221")
    writer.close()

asyncio.run(main())
