/* The length is a number in the source, and not that of the text. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  int sockfd;
  struct sockaddr_in serv_addr;
  char buf[1024];
  sockfd = socket(AF_INET, SOCK_STREAM, 0);
  memset(&serv_addr, 0, sizeof serv_addr);
  serv_addr.sin_family = AF_INET;
  serv_addr.sin_port = htons(atoi(argv[2]));
  inet_pton(AF_INET, argv[1], &serv_addr.sin_addr);
  if (connect(sockfd, (struct sockaddr *)&serv_addr, sizeof serv_addr) < 0) return 1;
  recv(sockfd, buf, 1024, 0);
  if (send(sockfd, "EHLO client.example\r\n", 19, 0) < 0) {
    perror("send");
    return 1;
  }
  if (recv(sockfd, buf, 1024, 0) < 0) {
    perror("recv");
    return 1;
  }
  printf("%s\n", buf);
  close(sockfd);
  return 0;
}
