# Delivers the letter on standard input with Perl's Net::SMTP; test_clients_perl.py runs it. What goes wrong is said on
# standard error, and the exit status is 1.
use strict;
use warnings;
use Authen::SASL qw(Perl);
use IO::Socket::SSL;
use Net::SMTP;

my ($port, $security, $mechanism, $user, $password, $ca, $bits, $sender, $recipient) = @ARGV;
my %tls = (SSL_ca_file => $ca, SSL_verify_mode => SSL_VERIFY_PEER, SSL_verifycn_scheme => 'smtp',
           SSL_verifycn_name => 'localhost');
my $smtp = Net::SMTP->new('localhost', Port => $port, Hello => 'client.example', Timeout => 20,
                          SSL => $security eq 'tls' ? 1 : 0, %tls) or die "connect: $@ $SSL_ERROR\n";

sub must { my ($what, $done) = @_; $done or die "$what: " . $smtp->code . ' ' . $smtp->message . "$SSL_ERROR\n"; }

must('STARTTLS', $smtp->starttls(%tls)) if $security eq 'starttls';
if ($mechanism) {
  my $sasl = Authen::SASL->new(mechanism => $mechanism, callback => {user => $user, pass => $password, authname => $user});
  must('AUTH', $smtp->auth($sasl));
}
binmode STDIN;
my $letter = do { local $/; <STDIN> };
must('MAIL', $smtp->mail($sender, Size => length $letter, $bits ? (Bits => $bits) : ()));
must('RCPT', $smtp->to($recipient));
if ($bits eq 'binary') {
  $letter =~ s/\n/\r\n/g;
  my $half = int(length($letter) / 2);
  must('BDAT', $smtp->bdat(substr $letter, 0, $half));
  must('BDAT LAST', $smtp->bdatlast(substr $letter, $half));
} else {
  must('DATA', $smtp->data);
  must('data', $smtp->datasend($letter));
  must('the final dot', $smtp->dataend);
}
must('QUIT', $smtp->quit);
