CREATE EXTENSION dict_int;
CREATE TEXT SEARCH DICTIONARY others.short_numbers (TEMPLATE = intdict_template, MAXLEN = '4', REJECTLONG = 'true');
