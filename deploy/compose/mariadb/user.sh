#!/bin/sh
# Run once by MariaDB's image, when its volume is empty: the database and the
# user of the instances, with the rights of RUNBOOK.md, "MariaDB", and no more.
set -eu
password=$(cat /run/secrets/database_password)
mariadb --protocol=socket --user=root --password="$(cat /run/secrets/database_root)" <<SQL
CREATE DATABASE meihao CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER 'meihao'@'%' IDENTIFIED BY '$password';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER ON meihao.* TO 'meihao'@'%';
SQL
