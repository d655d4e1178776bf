/a.c|Text||
