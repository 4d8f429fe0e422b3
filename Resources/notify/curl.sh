#!/bin/sh
# Hands an event of popsec notify to a receiver over HTTP, with the headers of Standard Webhooks:
#   popsec notify --once --program /usr/local/lib/popsec/curl.sh --secret-file FILE -- https://receiver.example.com/popsec
# An address that is itself a secret goes into a file of curl's (url = "https://…"), which is named from the root on.
# popsec ends the program after its time limit; curl gives up before that.
set -u

case ${1:?the address of the receiver, or the path of a file of curl\'s} in
  /*) set -- --config "$1" ;;
  *) set -- --url "$1" ;;
esac
if [ -n "${WEBHOOK_SIGNATURE:-}" ]; then
  set -- "$@" --header "webhook-signature: $WEBHOOK_SIGNATURE"
fi

status=$(curl --silent --show-error --output /dev/null --write-out '%{http_code}' --max-time 50 \
  --header 'content-type: application/cloudevents+json' \
  --header "webhook-id: $WEBHOOK_ID" --header "webhook-timestamp: $WEBHOOK_TIMESTAMP" \
  --data-binary @- "$@") || exit 75

case $status in
  2??) exit 0 ;;
  # The receiver understood the request, and will never take this event: popsec gives the event up.
  400 | 413 | 415 | 422) echo "the receiver refused the event with HTTP $status"; exit 65 ;;
  # Whatever else is wrong may be mended: popsec tries again.
  *) echo "the receiver answered HTTP $status"; exit 75 ;;
esac
