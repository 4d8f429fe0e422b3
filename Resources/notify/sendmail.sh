#!/bin/sh
# Sends an event of popsec notify as a mail, by the sendmail of this machine or another program that is called like it:
#   popsec notify --once --program /usr/local/lib/popsec/sendmail.sh -- ops@example.com [/usr/bin/msmtp]
# The text has names out of the store. In base64 no line of it is too long for SMTP, and none ends the mail.
set -u

to=${1:?the address that the mail goes to}
sendmail=${2:-/usr/sbin/sendmail}

# sendmail's own exit statuses tell of addresses and of its configuration, which can be mended: popsec tries again.
{
  printf 'To: %s\nSubject: %s\n' "$to" "$NOTICE_TYPE"
  # Who gets an event twice can tell by this.
  printf 'X-Popsec-Event: %s\n' "$WEBHOOK_ID"
  printf 'Auto-Submitted: auto-generated\nMIME-Version: 1.0\n'
  printf 'Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n'
  { printf '%s\n\n' "$NOTICE_TEXT"; cat; } | base64
} | "$sendmail" -oi -- "$to" || exit 75
