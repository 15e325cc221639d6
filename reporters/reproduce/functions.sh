# send keeps an answer, its status and Content-Type; control characters are not shown.
send() {
  answer=$(${CURL:-curl} -sS -g --path-as-is -m 60 -w '\n< %{http_code} %{content_type}' "$@" | tr -d '\000')
  media=${answer##*< }
  answer=${answer%?"< $media"}
  status=${media%% *}
  media=${media#* }
  [ -n "$quiet" ] || printf '%s\n< %s\n' "$answer" "$status" | tr -d '\001-\010\013-\037\177'
}

step() { at=$1; printf '\n# %s\n' "$1"; }

# expect CHECK ... stops the script where the answer is another than is documented.
expect() {
  "$@" && return
  printf '\n%s: expected %s, got %s\n' "$at" "${promised:-$wanted}" "$got"
  exit 1
}

# within N CHECK ... asks again up to N times, a second apart, until the check holds.
within() {
  tries=${TRIES:-$1} quiet=yes
  shift
  until [ "$tries" -le 1 ] || "$@"; do sleep 1; ask; tries=$((tries - 1)); done
  quiet=
  printf '%s\n< %s\n' "$answer" "$status" | tr -d '\001-\010\013-\037\177'
  "$@"
}

# answered STATUS ... [TYPE] wants one of these statuses, ? is any digit, and no other type of error.
answered() {
  wanted=$* got=$status right=
  for one; do
    case $one in
    *[a-z]*) named "$one" || right= ;;
    *) case $status in $one) right=yes ;; esac ;;
    esac
  done
  [ -n "$right" ]
}

# named TYPE says whether the error is of that type, if it tells one.
named() {
  type=$(printf '%s' "$answer" | sed -n 's/.*std[.]errors[.]\([a-z_]*\).*/\1/p; s/.*"error_type" *: *"\([A-Z_]*\)".*/\1/p' | sed -n 1p | tr A-Z a-z)
  got="$status $type"
  [ -z "$type" ] || [ "$type" = "$1" ]
}

# labelled TYPE wants a Content-Type of the type.
labelled() {
  wanted="Content-Type $1" got="${media:-none} with status $status"
  case $media in "$1" | "$1;"* | "$1 "*) ;; *) return 1 ;; esac
}

# shows NAME VALUE [N] wants the N-th member called NAME to have the value.
shows() {
  wanted="$1 $2" got="$1 $(value "$1" "${3:-1}")"
  [ "$(value "$1" "${3:-1}")" = "$2" ]
}

# hides NAME PATTERN [N] wants no such value there.
hides() {
  got="$1 $(value "$1" "${3:-1}")" wanted="another $1"
  case $(value "$1" "${3:-1}") in $2) return 1 ;; esac
}

# has NAME wants a member called NAME, whatever its value.
has() {
  wanted="$1 in the answer" got="an answer without $1"
  [ -n "$(value "$1")" ]
}

# future NAME wants a time that is not over.
future() {
  wanted="$1 in the future" got="$1 $(value "$1")"
  [ "$(date -u +%Y%m%d%H%M%S)" -lt "$(value "$1" | tr -cd 0-9 | cut -c1-14)" ]
}

# mentions TEXT and omits TEXT want it in the answer, and not in it.
mentions() {
  wanted="$1 in the answer" got="an answer without it"
  case $answer in *"$1"*) return 0 ;; esac
  return 1
}

omits() {
  wanted="no $1 in the answer" got="an answer with it"
  case $answer in *"$1"*) return 1 ;; esac
}

# unlike STATUS SUM wants another answer than the wrong one of the run: by its status, or
# by the sum of its form.
unlike() {
  wanted='another answer' got="$status in the form that the run had"
  [ "$status" != "$1" ] || [ "$(form)" != "$2" ]
}

# same TEXT NAME and differs TEXT NAME compare a member with what was kept before.
same() {
  wanted="$2 $1 as before" got="$2 $(value "$2")"
  [ "$(value "$2")" = "$1" ]
}

differs() {
  wanted="$2 other than $1" got="the same"
  [ "$(value "$2")" != "$1" ]
}

# form is a sum over the answer without its values: names, kinds and punctuation.
form() {
  printf '%s' "$answer" | LC_ALL=C tr -d ' \t\r\n' |
    LC_ALL=C sed 's/"\([^"]*\)":/N\1:/g; s/"[^"]*"/s/g; s/>[^<]*</></g; s/[0-9a-f-]\{8,\}/0/g; s/[0-9][0-9]*/0/g; s/s\(,s\)\{1,\}/s/g' | tr -d '\n' | cksum | cut -d' ' -f1
}

# value NAME [N] prints the N-th of the outermost members or elements called NAME.
value() {
  case $answer in
  *'<'*) tagged "$@" ;;
  *) literal "$@" | sed 's/^"//; s/"$//' ;;
  esac
}

# literal NAME [N] prints the N-th of the outermost members called NAME as JSON writes it.
literal() {
  printf '%s' "$answer" | tr '\n' ' ' | LC_ALL=C awk -v name="$1" -v n="${2:-1}" '
    function take(text) { if (!seen || depth < least) least = depth; seen = 1; found[depth, ++count[depth]] = text }
    BEGIN { RS = "\"" }
    NR % 2 == 0 { if (due) take("\"" $0 "\""); named = !due && $0 == name; due = 0; next }
    named && /^[ \t\r]*:/ {
      rest = $0
      sub(/^[ \t\r]*:[ \t\r]*/, "", rest)
      if (rest == "") due = 1
      else { sub(/[],} \t\r].*/, "", rest); take(rest == "null" ? "" : rest) }
    }
    { named = 0; depth += gsub(/[{[]/, "&") - gsub(/[]}]/, "&") }
    END { gsub(/\\\//, "/", found[least, n]); printf "%s", found[least, n] }'
}

# tagged NAME [N] prints the N-th of the outermost elements called NAME.
tagged() {
  printf '%s' "$answer" | tr '\n' ' ' | LC_ALL=C awk -v name="$1" -v n="${2:-1}" '
    BEGIN { RS = "<" }
    /^\// { depth--; next }
    /^[?!]/ || NR == 1 { next }
    { tag = $0; sub(/[ \t\r\/>].*/, "", tag); sub(/^.*:/, "", tag); text = $0; sub(/^[^>]*>/, "", text); gsub(/&amp;/, "\\&", text) }
    tag == name { if (!seen || depth < least) least = depth; seen = 1; found[depth, ++count[depth]] = text }
    !/^[^>]*\/>/ { depth++ }
    END { printf "%s", found[least, n] }'
}

# written NAME LITERAL [N] wants the member as JSON writes it: text in quotes, numbers without.
written() {
  wanted="$1 as $2" got="$1 as $(literal "$1" "${3:-1}")"
  [ "$(literal "$1" "${3:-1}")" = "$2" ]
}

# member NAME N prints the N-th text called NAME in a JSON answer.
member() {
  printf '%s' "$answer" | awk -v name="$1" -v n="$2" '
    BEGIN { RS = "\"" }
    due && --n == 0 { gsub(/\\\//, "/"); printf "%s", $0; exit }
    { due = named && $0 ~ /^[ \t\r\n]*:[ \t\r\n]*$/; named = $0 == name }'
}

# text N prints the N-th text of a JSON answer.
text() {
  printf '%s' "$answer" | awk -v n="$1" 'BEGIN { RS = "\"" } NR == 2 * n { gsub(/\\\//, "/"); printf "%s", $0 }'
}

# element NAME N prints the N-th element called NAME in an XML answer.
element() {
  printf '%s' "$answer" | awk -v name="$1" -v n="$2" '
    BEGIN { RS = "<" }
    { tag = $0; sub(/[ \t\r\n\/>].*/, "", tag); sub(/^.*:/, "", tag) }
    tag == name && --n == 0 { sub(/^[^>]*>/, ""); gsub(/&amp;/, "\\&"); printf "%s", $0; exit }'
}

# escaped TEXT prints it as a URL can hold it.
escaped() { printf '%s' "$1" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%'; }

# token prints a random UUID.
token() { { cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen; } | tr A-Z a-z; }

# failed says why the script cannot come to its requests.
failed() { printf '%s\n' "not tried: $1" >&2; exit 2; }

# last prints the last text of a JSON answer: an id, a token.
last() { sed -n 's/.*"\([^"]*\)"[^"]*$/\1/p'; }

# login NAME PASSWORD prints the token of a login, by the first path that gives one.
login() {
  for path in $LOGINS; do
    ${CURL:-curl} -sS -f -X POST -u "$1:$2" "$TARGET$path" 2>/dev/null | last | grep . && return
  done
  failed "no login at $TARGET as $1"
}

# call METHOD PATH [BODY] is a request of the preparation.
call() {
  method=$1 path=$2
  shift 2
  [ $# -eq 0 ] || set -- -H 'Content-Type: application/json' --data-raw "$1"
  if [ -n "${AUTHORIZATION:-}" ]; then set -- -H "Authorization: $AUTHORIZATION" "$@"; else set -- -H "vmware-api-session-id: $SESSION_ID" "$@"; fi
  ${CURL:-curl} -sS -f -g -X "$method" "$@" "$TARGET$path" 2>/dev/null
}

# create ROOT WHAT SPEC prints the id of what it makes: api takes specs as they are.
create() {
  case $1 in
  /api) call POST "$1/content/$2" "$3" ;;
  *) call POST "$1/content/$2" "{\"create_spec\":$3}" ;;
  esac | last | grep .
}

# of ROOT WHAT ID [ACTION] prints the path of something.
of() {
  case $1 in
  /api) printf '%s' "$1/content/$2/$3${4:+?action=$4}" ;;
  *) printf '%s' "$1/content/$2/id:$3${4:+?~action=$4}" ;;
  esac
}

# library finds or makes the library that all lies in; it is deleted at the end.
library() {
  for root in /api /rest/com/vmware /com/vmware; do
    listed=/rest/vcenter/datastore
    [ $root != /api ] || listed=/api/vcenter/datastore
    DATASTORE=${DATASTORE:-$(answer=$(call GET $listed) && member datastore 1)}
    LIBRARY=$(create $root local-library "{\"name\":\"conformance-script-$$\",\"storage_backings\":[{\"type\":\"DATASTORE\",\"datastore_id\":\"$DATASTORE\"}]}") && ROOT=$root && return
  done
  failed 'no library could be created; set LIBRARY_ITEM_ID to the id of an item, or DATASTORE'
}

# remove deletes the library with all that lies in it.
remove() { [ -z "${LIBRARY:-}" ] || call DELETE "$(of "$ROOT" local-library "$LIBRARY")" >/dev/null || echo "left: library $LIBRARY" >&2; }

# item TYPE FILE prints the id of a new item, with a file in it if one is named.
item() {
  made=$(create "$ROOT" library/item "{\"library_id\":\"$LIBRARY\",\"name\":\"item-$(token)\"${1:+,\"type\":\"$1\"}}") || failed 'no item could be created'
  [ -z "$2" ] || fill /api || fill /rest/com/vmware || fill /com/vmware || failed 'no file could be brought to the item'
  printf '%s' "$made"
}

# fill brings the file to the item through an update session.
fill() {
  update=$(create "$1" library/item/update-session "{\"library_item_id\":\"$made\"}") || return
  file="{\"name\":\"$FILE_NAME\",\"source_type\":\"PUSH\"}"
  case $1 in
  /api) answer=$(call POST "$1/content/library/item/update-session/$update/file" "$file") ;;
  *) answer=$(call POST "$(of "$1" library/item/updatesession/file "$update" add)" "{\"file_spec\":$file}") ;;
  esac
  printf 'conformance run 00000000\r\n\000\377' | ${CURL:-curl} -sS -f -X PUT -H 'Content-Type:' --data-binary @- "$(member uri 1)" >/dev/null 2>&1 &&
    call POST "$(of "$1" library/item/update-session "$update" complete)" >/dev/null && settled "$1" && return
  call POST "$(of "$1" library/item/update-session "$update" cancel)" >/dev/null
  return 1
}

# settled waits until the update session is done, and deletes it.
settled() {
  for pause in 0 1 1 1 2 3 5 10; do
    sleep $pause
    answer=$(call GET "$(of "$1" library/item/update-session "$update")") || return
    [ "$(member state 1)" = ACTIVE ] || break
  done
  call DELETE "$(of "$1" library/item/update-session "$update")" >/dev/null
  [ "$(member state 1)" = DONE ]
}
