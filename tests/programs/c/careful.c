/* A reply is read line by line to the one without a hyphen. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static FILE *in;
static int sock;

static int reply(void) {
  char line[1024];
  do {
    if (!fgets(line, sizeof line, in)) return -1;
    fputs(line, stdout);
  } while (strlen(line) > 3 && line[3] == '-');
  return atoi(line);
}

static int command(const char *text) {
  send(sock, text, strlen(text), 0);
  return reply();
}

int main(int argc, char **argv) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  if (argc < 3 || getaddrinfo(argv[1], argv[2], &hints, &found) != 0) return 2;
  sock = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  if (connect(sock, found->ai_addr, found->ai_addrlen) != 0) return 3;
  in = fdopen(sock, "r");
  char date[64], message[512];
  time_t now = time(NULL);
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", gmtime(&now));
  snprintf(message, sizeof message,
           "From: <alice@client.example>\r\nTo: <bob@example.org>\r\nSubject: From C\r\nDate: %s\r\n"
           "Message-ID: <%ld@client.example>\r\n\r\nHello Bob\r\n.\r\n", date, (long)now);
  int ok = reply() == 220 && command("EHLO client.example\r\n") == 250 &&
           command("MAIL FROM:<alice@client.example>\r\n") == 250 && command("RCPT TO:<bob@example.org>\r\n") == 250 &&
           command("DATA\r\n") == 354 && command(message) == 250;
  command("QUIT\r\n");
  fclose(in);
  return ok ? 0 : 1;
}
