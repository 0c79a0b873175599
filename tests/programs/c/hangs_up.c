/* Delivers, and goes without a word. The header ends in LF. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int sockfd;

void sendAndReceive(const char *cmd, char *response) {
    send(sockfd, cmd, strlen(cmd), 0);
    memset(response, 0, 1024);
    recv(sockfd, response, 1023, 0);
    printf("%s%s\n", cmd, response);
}

int main(int argc, char **argv) {
    struct sockaddr_in servaddr;
    char response[1024];
    sockfd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&servaddr, 0, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_port = htons(atoi(argv[2]));
    servaddr.sin_addr.s_addr = inet_addr(argv[1]);
    if (connect(sockfd, (struct sockaddr *)&servaddr, sizeof(servaddr)) < 0) return 1;
    memset(response, 0, 1024);
    recv(sockfd, response, 1023, 0);
    sendAndReceive("EHLO client.example\r\n", response);
    sendAndReceive("MAIL FROM:<alice@client.example>\r\n", response);
    sendAndReceive("RCPT TO:<bob@example.org>\r\n", response);
    sendAndReceive("DATA\r\n", response);
    sendAndReceive("From: alice@client.example\nTo: bob@example.org\nSubject: C\n\nHello from C\n\r\n.\r\n", response);
    close(sockfd);
    return 0;
}
