-- Once, on the node that makes the cluster; the others get it from there.
-- Replace PASSWORD and FROM, which is where the instances and their balancers
-- connect from: '10.0.0.%' on machines of their own.
CREATE DATABASE meihao CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER 'meihao'@'FROM' IDENTIFIED BY 'PASSWORD';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER ON meihao.* TO 'meihao'@'FROM';
-- The balancer's health check. No password, and no right to anything: it can
-- ask how the server feels, and see no table.
CREATE USER 'haproxy'@'FROM';
