-- Who decided; the link of the chain covers it. NULL in entries of earlier versions, whose links do without. Empty where
-- nobody is known to have decided. Who sent a photo is in its sealed card.
ALTER TABLE decisions ADD COLUMN decided_by TEXT;
