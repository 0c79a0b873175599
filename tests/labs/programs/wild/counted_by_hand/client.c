#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 25
#define BUFSIZE 1024

int main(int argc, char *argv[]) {
    char buf[BUFSIZE];
    struct sockaddr_in serv_addr;
    struct hostent *server = gethostbyname(argc > 1 ? argv[1] : "localhost");
    int sockfd = socket(AF_INET, SOCK_STREAM, 0);
    bzero((char *)&serv_addr, sizeof(serv_addr));
    serv_addr.sin_family = AF_INET;
    bcopy((char *)server->h_addr, (char *)&serv_addr.sin_addr.s_addr, server->h_length);
    serv_addr.sin_port = htons(PORT);
    if (connect(sockfd, (struct sockaddr *)&serv_addr, sizeof(serv_addr)) < 0) {
        perror("connect");
        exit(1);
    }
    bzero(buf, BUFSIZE);
    recv(sockfd, buf, BUFSIZE, 0);
    printf("%s\n", buf);
    send(sockfd, "EHLO localhost\r\n", 14, 0);
    bzero(buf, BUFSIZE);
    recv(sockfd, buf, BUFSIZE, 0);
    printf("%s\n", buf);
    send(sockfd, "MAIL FROM:<a@course.example>\r\n", 28, 0);
    recv(sockfd, buf, BUFSIZE, 0);
    close(sockfd);
    return 0;
}
