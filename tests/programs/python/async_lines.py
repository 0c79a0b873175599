import asyncio
import base64
import sys


async def main(host, port):
    reader, writer = await asyncio.open_connection(host, port)

    async def talk(line=None):
        if line is not None:
            writer.write((line + "\r\n").encode())
            await writer.drain()
        answer = (await reader.readline()).decode().strip()
        print("<", answer)
        return answer

    await talk()
    await talk("EHLO client.example")
    await talk("AUTH LOGIN")
    await talk(base64.b64encode(b"alice@163.com").decode())
    await talk(base64.b64encode(b"HVKQXZDNRTLMWABC").decode())
    await talk("MAIL FROM:<alice@163.com>")
    await talk("RCPT TO:<bob@163.com>")
    await talk("DATA")
    await talk("From: alice@163.com\r\nTo: bob@163.com\r\nSubject: asyncio\r\n\r\nHello\r\n.")
    await talk("QUIT")
    writer.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
