#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char reply[512];
    int fd = socket(AF_INET, SOCK_STREAM, 0), port = atoi(argv[2]);
    struct sockaddr_in a;
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = inet_addr(argv[1]);
    connect(fd, (struct sockaddr *)&a, sizeof(a));
    read(fd, reply, 512);
    write(fd, "HELO client.example\r\n", strlen("HELO client.example\r\n"));
    read(fd, reply, 512);
    write(fd, "MAIL FROM:<alice@client.example>\r\n", strlen("MAIL FROM:<alice@client.example>\r\n"));
    read(fd, reply, 512);
    write(fd, "RCPT TO:<bob@example.org>\r\n", strlen("RCPT TO:<bob@example.org>\r\n"));
    read(fd, reply, 512);
    write(fd, "DATA\r\n", 7);
    read(fd, reply, 512);
    write(fd, "Subject: seven\r\nFrom: alice@client.example\r\nTo: bob@example.org\r\n\r\nHello\r\n.\r\n", 77);
    read(fd, reply, 512);
    write(fd, "QUIT\r\n", 6);
    read(fd, reply, 512);
    close(fd);
    return 0;
}
