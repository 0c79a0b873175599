#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
#include <netdb.h>
#include <arpa/inet.h>
int dial(char **v) { struct sockaddr_in a = {0}; a.sin_family = AF_INET; a.sin_port = htons(atoi(v[2])); inet_pton(AF_INET, v[1], &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0); connect(s, (struct sockaddr *)&a, sizeof a); return s; }
int main(int c, char **v) { int s = dial(v); char buf[1024];
  const char *say[] = {"HELO client.example\r\n", "MAIL FROM:<alice@example.com>\r\n", "RCPT TO:<bob@example.com>\r\n", "DATA\r\n", "From: <alice@example.com>\r\nTo: <bob@example.com>\r\nSubject: Hi\r\nDate: Tue, 01 Dec 2026 09:30:00 +0800\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n.\r\n", "QUIT\r\n"};
  recv(s, buf, 1024, 0);
  for (int i = 0; i < 6; ++i) { send(s, say[i], strlen(say[i]) + 1, 0); int n = recv(s, buf, 1023, 0); buf[n > 0 ? n : 0] = 0; printf("%s", buf); }
}
