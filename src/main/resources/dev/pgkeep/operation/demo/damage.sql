-- A bad afternoon for the shop's database, as real ones are: one forgotten WHERE, one wrong script, one dropped table.

-- A script meant for one product made every lamp and every tent free.
UPDATE products SET price = 0
WHERE category_id IN (
    SELECT id FROM categories WHERE name IN ('Lamps', 'Tents'));

-- A clean-up of e-mail addresses cut off the numbers that told people apart.
DROP INDEX customers_email;
UPDATE customers SET email = regexp_replace(email, '\d+@', '@');

-- Three orders were deleted by hand, and their payments went with them.
DELETE FROM orders WHERE id IN (1001, 30042, 59999);

-- A migration dropped the wrong table; CASCADE took the revenue with it.
DROP TABLE order_items CASCADE;
