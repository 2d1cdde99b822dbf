# Markdown to blocks and spans: text without markup, kinds, levels, lines of the source.
t=$(mktemp -d)
case $D in /*) ;; *) D=$PWD/$D ;; esac
cat >"$t/a.md" <<'M'
---
title: 題目
author: 作者
---
# 一級

正文*強調*與**著重**，`碼`，[連結](http://x)，&amp;。

> 引文一行

- 甲
- 乙
  1. 子一
  2. 子二

| 年 | 值 |
|---|---|
| 2024 | 3% |

## 二級

```
code  x
```

![圖說](a.png)
M
"$D" read --dump=document "$t/a.md"
"$D" info "$t/a.md" | head -4
rm -rf "$t"
