#!/usr/bin/env python3
"""Texts for the bench: the shipped article's paragraphs, shuffled by a fixed seed, to a size.
usage: make_texts.py FOLDER"""
import random, sys

paragraphs = [p for p in open('articles/europe.md', encoding='utf-8').read().split('\n') if len(p) > 40]
random.seed(1)
for name, size in (('100k', 100_000), ('10m', 10_000_000), ('100m', 100_000_000)):
    with open(f'{sys.argv[1]}/{name}.txt', 'w', encoding='utf-8') as out:
        written = 0
        while written < size:
            text = '\n\n'.join(random.sample(paragraphs, len(paragraphs))) + '\n\n'
            out.write(text)
            written += len(text.encode())
        out.write('鼹鼠望遠鏡\n')
for name, encoding in (('gb18030', 'gb18030'), ('big5', 'big5')):
    text = open(f'{sys.argv[1]}/10m.txt', encoding='utf-8').read()
    open(f'{sys.argv[1]}/{name}.txt', 'wb').write(text.encode(encoding, 'ignore'))
