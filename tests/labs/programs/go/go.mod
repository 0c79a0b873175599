module smtplab.example/labs

go 1.19
