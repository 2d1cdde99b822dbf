# Exit statuses and the one line that bad input gets.
t=$(mktemp -d); cd "$t" || exit 1
case $D in /*) ;; *) D=$OLDPWD/$D ;; esac
try() { echo "\$ duizhao $*"; "$D" "$@" 2>&1 </dev/null; echo "= $?"; }
printf '歐洲的監管\n' >a.txt
printf '\0\1\2\3\4\5\6\7\10' >b.bin
: >empty.txt
printf 'a\033]0;x\007b\n' >'e.txt'
try toc a.txt
try search 欧洲 a.txt
try search 美國 a.txt
try print empty.txt
try print missing.txt
try print "$(printf 'x\033[2Jy')"
try print /
try print /dev/null
try print b.bin
try print --plain a.txt
try print --width 5 a.txt
try print --nonsense a.txt
try print --heading '(' a.txt
try print --section 3 a.txt
try print --encoding klingon a.txt
try glossary check missing.tsv
try lookup zhanlvezizhu
try search --english "strategic autonomy" a.txt
try help nothing
rm -rf "$t"
