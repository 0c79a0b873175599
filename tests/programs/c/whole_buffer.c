/* send(sock, buffer, sizeof buffer, 0): the zeros of the buffer go out with the line. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIZE 100

int sock;

void say(char *text) {
  char buffer[SIZE] = {0};
  char answer[1024] = {0};
  strcpy(buffer, text);
  send(sock, buffer, sizeof(buffer), 0);
  recv(sock, answer, sizeof(answer) - 1, 0);
  printf("%s", answer);
}

int main(int argc, char **argv) {
  struct sockaddr_in a = {0};
  char answer[1024] = {0};
  sock = socket(AF_INET, SOCK_STREAM, 0);
  a.sin_family = AF_INET;
  a.sin_port = htons(atoi(argv[2]));
  inet_pton(AF_INET, argv[1], &a.sin_addr);
  if (connect(sock, (struct sockaddr *)&a, sizeof a) < 0) return 1;
  recv(sock, answer, sizeof(answer) - 1, 0);
  printf("%s", answer);
  say("HELO client.example\r\n");
  say("MAIL FROM:<alice@client.example>\r\n");
  say("RCPT TO:<bob@example.org>\r\n");
  say("QUIT\r\n");
  close(sock);
  return 0;
}
