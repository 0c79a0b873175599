#!/bin/sh
# Gradescope runs this once, when it builds the image: what the submissions need, and smtplab.
set -e
apt-get update
apt-get install -y python3 /autograder/source/smtplab_*.deb
